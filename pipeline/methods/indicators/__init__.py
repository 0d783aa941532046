"""Official and derived indicators of the programme's aims: delivery, professionalism, service, state of mind."""
