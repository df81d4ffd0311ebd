print("cladec")
