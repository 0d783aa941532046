aims-p-earlier-trends = p of earlier trends
aims-by-rule = by the rule of scoring
aims-smallest-detectable = Smallest detectable
