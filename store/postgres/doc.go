// Package postgres makes bun's pgdriver safe to rely on.
//
// Plain pgdriver answers nil to the COMMIT of an aborted transaction, does not
// hear a cancelled context, hands out connections the server has closed, leaks
// the socket of every failed connect, and verifies no certificate. This package
// is a driver.Connector around it that does none of that, and the reading of
// postgres:// addresses, which pgdriver would accept with no encryption at all.
//
// It must not know tables or what is stored in them. Start reading at
// connector.go; conn.go has the statements, address.go the addresses.
package postgres
