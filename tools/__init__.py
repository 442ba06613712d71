"""Programs for developers: setting up, serving, checking and describing the project. Nothing in `ocop` or `config` imports them."""
