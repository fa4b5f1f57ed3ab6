package postgres

import (
	"database/sql/driver"
	"strings"
)

// withoutComments takes -- and /* */ comments out of a statement with
// arguments. pgdriver puts arguments in by itself and does not know comments:
// an apostrophe in one hides every $1 behind it.
func withoutComments(query string, args []driver.NamedValue) string {
	if len(args) == 0 || !strings.Contains(query, "--") && !strings.Contains(query, "/*") {
		return query
	}
	var b strings.Builder
	for query != "" {
		n := tokenLen(query)
		if strings.HasPrefix(query, "--") || strings.HasPrefix(query, "/*") {
			b.WriteByte(' ')
		} else {
			b.WriteString(query[:n])
		}
		query = query[n:]
	}
	return b.String()
}

// tokenLen gives the length of the comment or quoted piece q begins with, else 1.
func tokenLen(q string) int {
	open, end := 1, ""
	switch {
	case q[0] == '\'' || q[0] == '"':
		end = q[:1]
	case strings.HasPrefix(q, "--"):
		open, end = 2, "\n"
	case strings.HasPrefix(q, "/*"):
		open, end = 2, "*/"
	default:
		return 1
	}
	i := strings.Index(q[open:], end)
	if i < 0 {
		return len(q)
	}
	return open + i + len(end)
}
