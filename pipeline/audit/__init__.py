"""The audit: attacks what is about to be published, as somebody with nothing but the published files would."""
