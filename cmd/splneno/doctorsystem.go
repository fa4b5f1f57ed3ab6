package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"splneno/notify/check"
)

// systemLooks gives what is looked at beside mail, from the ground up.
func (e *examination) systemLooks() []look {
	plain := func(do func() []check.Finding) look {
		return look{do: func(context.Context) []check.Finding { return do() }}
	}
	return []look{plain(e.configuration), plain(e.program), plain(e.service), plain(e.memory), plain(e.descriptors),
		plain(e.disks), plain(e.zone), {do: e.clock}, {limit: time.Minute, do: e.database}, {do: e.journalTime},
		plain(e.rights), {do: e.key}, {do: e.certificate}}
}

// finding makes a finding.
func finding(name string, level check.Level, todo, format string, args ...any) check.Finding {
	return check.Finding{Check: name, Level: level, Found: fmt.Sprintf(format, args...), Todo: todo}
}

// configuration says what is wrong with the settings the doctor was called with.
func (e *examination) configuration() (out []check.Finding) {
	const name = "configuration"
	conf := e.c.conf
	if conf == nil {
		return nil
	}
	for _, s := range conf.faults {
		out = append(out, finding(name, check.Fail, "correct it; splneno config check looks again", "%s", s))
	}
	for _, s := range conf.warnings {
		out = append(out, finding(name, check.Warn, "keep secrets readable by their owner alone", "%s", s))
	}
	if len(out) > 0 {
		return out
	}
	if conf.file == "" {
		return []check.Finding{finding(name, check.OK, "", "no file of settings, and none is needed")}
	}
	return []check.Finding{finding(name, check.OK, "", "%s is fine", conf.file)}
}

// databaseFile gives the file of the database, "" when it is none.
func (e *examination) databaseFile() string {
	file, _ := strings.CutPrefix(e.c.DB, "sqlite:")
	if file == e.c.DB || file == ":memory:" {
		return ""
	}
	return file
}

// folders gives the folders we write to, each with what lies there.
func (e *examination) folders() map[string]string {
	all := map[string]string{}
	add := func(what, dir string) {
		if all[dir] != "" {
			what = all[dir] + ", " + what
		}
		all[dir] = what
	}
	if file := e.databaseFile(); file != "" {
		add("database", filepath.Dir(file))
	}
	add("key", filepath.Dir(e.c.keyFile()))
	if e.Ways.MailDrop != "" {
		add("mail folder", e.Ways.MailDrop)
	}
	return all
}
