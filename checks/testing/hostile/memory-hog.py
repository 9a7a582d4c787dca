"""Takes all the memory that there is."""

hog = []
while True:
    hog.append(b"x" * 16 * 1024 * 1024)
