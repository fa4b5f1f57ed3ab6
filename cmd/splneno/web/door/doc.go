// Package door proves who somebody is: passwords, codes of an authenticator,
// recovery codes, passkeys, single sign-on, and how often any of them may be
// tried.
//
// It must not know pages, cookies or the database: it is given what was typed
// and what is stored, and says whether the one proves the other. It never logs,
// and no error of it holds a secret.
//
// Start reading at [Hasher] and [Throttle], then totp.go and passkey.go.
package door
