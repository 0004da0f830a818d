"""Pure records and rules: what a claim is, what a sign-off covers, which state follows."""
