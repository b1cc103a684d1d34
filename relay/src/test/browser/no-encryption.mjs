// In place of the library for encryption, which our rooms do without.
