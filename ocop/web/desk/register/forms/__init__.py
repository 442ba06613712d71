"""Forms of the register's desk. They clean what was typed; whether it fits is the actions' matter."""
