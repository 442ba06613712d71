"""What goes into the API and what comes out of it: the types that its description, its checks and its documentation are made of."""
