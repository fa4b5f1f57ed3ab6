package main

import (
	"fmt"
	"net/url"
	"os"
	"reflect"
	"runtime"
	"strings"

	"github.com/alecthomas/kong"

	"splneno/engine/pattern"
)

// contents gives the secret in a file.
func (conf *configuration) contents(where, file string) given {
	text, err := readSmall(file)
	if err != nil {
		conf.fault("%s: %v", where, err)
		return given{}
	}
	conf.warnOpen(where, file, true)
	secret := strings.TrimSpace(string(text))
	if secret == "" {
		conf.fault("%s: the file %s is empty; write the secret into it", where, file)
		return given{}
	}
	return given{secret, where}
}

// warnOpen keeps a warning when others than the owner can read a secret.
func (conf *configuration) warnOpen(what, file string, secret bool) {
	if secret && readableByOthers(file) {
		conf.warnings = append(conf.warnings, fmt.Sprintf("%s: others can read %s, and a secret stands in it; chmod 600 %s", what, file, file))
	}
}

// readableByOthers reports whether a file may be read by more than its owner.
// What systemd hands over lies in a folder of the service's own. Windows keeps
// rights another way.
func readableByOthers(file string) bool {
	dir := os.Getenv("CREDENTIALS_DIRECTORY")
	st, err := os.Stat(file)
	return runtime.GOOS != "windows" && err == nil && st.Mode().Perm()&^groupMay(st)&0o077 != 0 && (dir == "" || !strings.HasPrefix(file, dir))
}

// complete puts passwords that were given alone into their addresses, and
// notes which flags were on the command line.
func (conf *configuration) complete(ctx *kong.Context) {
	for _, p := range ctx.Path {
		if p.Flag != nil && !p.Resolved {
			conf.from[p.Flag.Name] = "flag"
		}
	}
	for _, f := range ctx.Flags() {
		s, known := conf.key(f.Name)
		if !known || !s.secret() || len(f.Envs) == 0 {
			continue
		}
		password := conf.password(s)
		address := f.Target.String()
		if password.value == nil || address == "" || strings.HasPrefix(address, "sqlite:") {
			continue
		}
		if holdsPassword(address) {
			conf.warnings = append(conf.warnings, fmt.Sprintf("%s: it is not used, as %s holds a password already", password.where, s.Name))
			continue
		}
		full, err := withPassword(address, fmt.Sprint(password.value))
		if err != nil {
			conf.fault("%s: the password cannot be put into %s: %v", password.where, s.Name, err)
			continue
		}
		f.Target.Set(reflect.ValueOf(full))
	}
}

// password looks for the password of an address where it stands alone.
func (conf *configuration) password(s setting) given {
	variable := s.env() + "_PASSWORD_FILE"
	if file, set := os.LookupEnv(variable); set {
		return conf.contents(variable, file)
	}
	if g := conf.said[s.Name+"-password-file"]; g.value != nil {
		return conf.contents(g.where, fmt.Sprint(g.value))
	}
	if file, there := credentialFile(s.Name + "-password"); there {
		return conf.contents("credential "+s.Name+"-password", file)
	}
	return given{}
}

// withPassword gives an address with the password in it.
func withPassword(address, password string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", fmt.Errorf("the address cannot be read")
	}
	if u.User == nil || u.User.Username() == "" {
		return "", fmt.Errorf("the address names no user")
	}
	u.User = url.UserPassword(u.User.Username(), password)
	return u.String(), nil
}

// userinfo is what stands before the last @ of an address: a password that was
// not escaped may hold any of its signs.
var userinfo = pattern.New(`(?s)://.*@`)

// userinfoInText is that within a line of text, as far as it can be told there.
var userinfoInText = pattern.New(`://[^\s"]*@`)

// holdsPassword reports whether an address has a password in it.
func holdsPassword(address string) bool {
	found := userinfo.FindString(address)
	return strings.Contains(strings.TrimPrefix(found, "://"), ":")
}

// mask hides the user and the password of an address.
func mask(address string) string { return userinfo.ReplaceAllString(address, "://******@") }

// maskText hides them in every address of a line of text.
func maskText(line string) string { return userinfoInText.ReplaceAllString(line, "://******@") }
