"""How people come in: three doors (public, intake, desk), page frame, headers, worker."""
