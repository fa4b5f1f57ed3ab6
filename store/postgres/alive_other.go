//go:build !unix

package postgres

import "net"

// alive cannot look at an idle connection here: the first statement on a dead
// one fails.
func alive(net.Conn) bool { return true }
