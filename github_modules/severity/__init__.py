"""How severe an audit event or an alert is: rules as data, and their evaluation."""
