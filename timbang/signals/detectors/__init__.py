"""The detectors, one file each: the folder is the list (`signals.catalogue`)."""
