"""What was done, provably: salted commitments in a Merkle tree that strangers can verify."""
