package store

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Functions that ask over the fence or behind it on purpose, each with its reason.
// Methods of Everyone need none: that is what they are for.
var (
	// unfenced use a handle of the database that is nobody's.
	unfenced = []string{
		"Close", "Watched", "openSQLite", // the handles themselves
		"as", "forget", // makes the handles with a name; the log of the file is one for all
		"Setting",                             // facts of the installation, in a table without tenants
		"migrate", "takeSteps", "checkSchema", // the schema
		"here", "Rest", "sqliteCondition", "postgresCondition", "Hasty", // the database itself, no rows of tenants
		"Settle",                           // has named itself everybody by then
		"writeBackup", "proven", "sumLike", // a file that is a copy, and its tables
		"readSide", "writeSide", "transferTables", // a copy is of everybody: side names itself so
		"manifest", "complete", "ManifestOf", "plain", // what a backup says of itself, and which file is one
		"Invent",                     // a setting of connections to a file that is made
		"inTheWay", "Ready", "Pools", // who waits for whom, whether anybody answers, how many connections
	}
	// part are functions that only make a part of a query; who puts it together says
	// whose it is.
	part = []string{"page", "among", "EntryCounts"}
)

// A source is one function of the store, or what stands outside of them.
type source struct {
	name, receiver, at string
	node               ast.Node
}

// sources reads the store's own files.
func sources(t *testing.T) (all []source) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) < 30 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, sourcesOf(name, file)...)
	}
	return all
}

func sourcesOf(name string, file *ast.File) (all []source) {
	for _, d := range file.Decls {
		s := source{at: name, node: d}
		if f, ok := d.(*ast.FuncDecl); ok {
			s.name = f.Name.Name
			if f.Recv != nil {
				typ := f.Recv.List[0].Type
				if star, ok := typ.(*ast.StarExpr); ok {
					typ = star.X
				}
				if id, ok := typ.(*ast.Ident); ok {
					s.receiver = id.Name
				}
			}
		}
		all = append(all, s)
	}
	return all
}

// literal gives the text of an expression that is a constant, as far as one sees.
func literal(e ast.Node) (string, bool) {
	switch x := e.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			s, err := strconv.Unquote(x.Value)
			return s, err == nil
		}
	case *ast.BinaryExpr:
		a, one := literal(x.X)
		b, two := literal(x.Y)
		return a + b, one || two
	}
	return "", false
}

// literals gives the texts in a node, those put together with + as one.
func literals(n ast.Node) (all []string) {
	ast.Inspect(n, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		if s, ok := literal(e); ok {
			all = append(all, s)
			return false
		}
		return true
	})
	return all
}

// tenantTablesInFiles reads the migrations for tables that begin with a tenant.
func tenantTablesInFiles(t *testing.T) (tables []string) {
	t.Helper()
	made := regexp.MustCompile(`CREATE TABLE (?:IF NOT EXISTS )?(\w+) \(\s*tenant `)
	paths, err := fs.Glob(embedded, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		body, err := fs.ReadFile(embedded, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range made.FindAllStringSubmatch(string(body), -1) {
			tables = append(tables, m[1])
		}
	}
	slices.Sort(tables)
	if tables = slices.Compact(tables); len(tables) < 25 {
		t.Fatalf("only the tables %v were found", tables)
	}
	return tables
}

// faultsOf finds statements on tables of tenants that do not say whose, and
// queries that are put together without saying it.
func faultsOf(s source, named *regexp.Regexp) (faults []string) {
	if s.receiver == "Everyone" || slices.Contains(part, s.name) {
		return nil
	}
	for _, text := range literals(s.node) {
		if named.MatchString(text) && !strings.Contains(text, "tenant") {
			faults = append(faults, s.at+": "+s.name+": no tenant in: "+text)
		}
	}
	begun, says := false, false
	ast.Inspect(s.node, func(n ast.Node) bool {
		if x, ok := n.(*ast.SelectorExpr); ok {
			begun = begun || slices.Contains([]string{"NewSelect", "NewUpdate", "NewDelete"}, x.Sel.Name)
			says = says || x.Sel.Name == "WherePK" // of a row, whose key begins with its tenant
		}
		return true
	})
	for _, text := range literals(s.node) {
		says = says || strings.Contains(text, "tenant")
	}
	if begun && !says {
		faults = append(faults, s.at+": "+s.name+": a query without a tenant")
	}
	return faults
}

// tableNamed finds a table of tenants where a statement names one.
func tableNamed(tables []string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:from|join|into|update)\s+(?:` + strings.Join(tables, "|") + `)\b`)
}

func TestEveryStatementSaysWhoseItIs(t *testing.T) {
	named := tableNamed(tenantTablesInFiles(t))
	for _, s := range sources(t) {
		for _, fault := range faultsOf(s, named) {
			t.Error(fault)
		}
	}
}

// TestNobodysHandle lists by name whoever uses the database in nobody's name.
func TestNobodysHandle(t *testing.T) {
	used := map[string]bool{}
	for _, s := range sources(t) {
		ast.Inspect(s.node, func(n ast.Node) bool {
			x, ok := n.(*ast.SelectorExpr)
			if !ok || x.Sel.Name != "read" && x.Sel.Name != "write" {
				return true
			}
			if db, ok := x.X.(*ast.Ident); ok && db.Name != "t" && db.Name != "named" && db.Name != "w" {
				used[s.name] = true
				if !slices.Contains(unfenced, s.name) {
					t.Errorf("%s: %s uses the database in nobody's name; ask through a Tenant or through AcrossTenants", s.at, s.name)
				}
			}
			return true
		})
	}
	if len(used) < 3 {
		t.Errorf("only %v were found", used)
	}
}

var afterMinus = regexp.MustCompile(`-\s*(?:\?|\$\d)`)

// wordingFaults finds what puts anything but constants into the text of a
// statement, or lets a condition reach beyond its group.
func wordingFaults(s source) (faults []string) {
	for _, text := range literals(s.node) {
		if afterMinus.MatchString(text) {
			faults = append(faults, s.at+": "+s.name+": an argument follows a minus sign: "+text)
		}
	}
	grouped := map[ast.Node]bool{}
	ast.Inspect(s.node, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		x, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		switch x.Sel.Name {
		case "WhereGroup":
			ast.Inspect(call.Args[len(call.Args)-1], func(n ast.Node) bool { grouped[n] = true; return true })
		case "WhereOr":
			if !grouped[call] {
				faults = append(faults, s.at+": "+s.name+": WhereOr outside of a WhereGroup")
			}
		case "Safe":
			faults = append(faults, s.at+": "+s.name+": Safe")
		case "ColumnExpr", "OrderExpr", "GroupExpr", "TableExpr", "Having", "DistinctOn":
			if _, ok := call.Args[0].(*ast.BasicLit); !ok {
				faults = append(faults, s.at+": "+s.name+": "+x.Sel.Name+" of what is no constant")
			}
		}
		return true
	})
	return faults
}

func TestStatementsAreConstants(t *testing.T) {
	for _, s := range sources(t) {
		for _, fault := range wordingFaults(s) {
			t.Error(fault)
		}
	}
}

// Each rule broken once in a made-up file: the checks must find it.
func TestSourceFaultsAreFound(t *testing.T) {
	named := tableNamed([]string{"entry", "plan"})
	for body, want := range map[string]int{
		`t.db.read.NewRaw("SELECT * FROM entry WHERE id = ?", id)`:                                    1,
		`t.db.read.NewRaw("SELECT * FROM entry WHERE tenant = ? AND id = ?", t.id, id)`:               0,
		`t.db.read.NewRaw("SELECT * FROM entry " + "WHERE tenant = ?", t.id)`:                         0,
		`t.db.read.NewRaw("DELETE FROM setting")`:                                                     0,
		`t.db.read.NewSelect().Model(&rows).Where("id = ?", id)`:                                      1,
		`t.db.read.NewSelect().Model(&rows).Where("tenant = ?", t.id)`:                                0,
		`t.db.read.NewSelect().Where("tenant = ?", t.id).WhereOr("id = ?", id)`:                       1,
		`t.db.read.NewSelect().Where("tenant = ?", t.id).WhereGroup(" AND ", func() { q.WhereOr() })`: 0,
		`t.db.read.NewSelect().Where("tenant = ?", t.id).OrderExpr(order)`:                            1,
		`t.db.read.NewSelect().Where("tenant = ?", t.id).Where("?", bun.Safe(x))`:                     1,
		`t.db.read.NewRaw("SELECT n -? AS tenant")`:                                                   1,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc (t *Tenant) f() { "+body+" }", 0)
		if err != nil {
			t.Fatal(err)
		}
		s := sourcesOf("x.go", file)[0]
		if faults := append(faultsOf(s, named), wordingFaults(s)...); len(faults) != want {
			t.Errorf("%s: %v, want %d", body, faults, want)
		}
	}
}
