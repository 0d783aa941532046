aims-p-earlier-trends = p of earlier trends
aims-smallest-detectable = Smallest detectable
