"""The house rules as programs: each check reads the tree and returns findings; `make lint` and the tests call the same ones."""
