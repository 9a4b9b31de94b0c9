package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// said is a sentence with the place where it stands.
type said struct{ text, place string }

// sentence is a text of four words or more that begins and ends like one; no SQL.
var sentence = regexp.MustCompile(`^[“…]?([A-Z][a-z’']*|%s),? .*[.?!]”?$`)

func isSentence(s string) bool {
	return len(strings.Fields(s)) >= 4 && sentence.MatchString(s)
}

// TestOnlyWordsSpeakToTheRunner: a sentence that the runner reads is looked for here
// and in the templates, and nowhere else. Errors and lines of the log are not looked
// at: they say where something is wrong, in the words of the place.
func TestOnlyWordsSpeakToTheRunner(t *testing.T) {
	for _, s := range sentencesOfCode(t) {
		if file, _, _ := strings.Cut(s.place, ":"); filepath.Dir(file) != "words" {
			t.Errorf("%s: %q belongs into package words, or into a template", s.place, s.text)
		}
	}
}

// TestEverySentenceStandsOnce: two copies of a sentence are changed in one place.
func TestEverySentenceStandsOnce(t *testing.T) {
	places := map[string][]string{}
	for _, s := range slices.Concat(sentencesOfCode(t), sentencesOfTemplates(t)) {
		places[s.text] = append(places[s.text], s.place)
	}
	for text, at := range places {
		if len(at) > 1 {
			t.Errorf("%q stands in %s", text, strings.Join(at, " and "))
		}
	}
}

// sentencesOfCode reads the program's sources. Paths are relative to the module.
func sentencesOfCode(t *testing.T) (found []said) {
	files(t, func(path string) bool {
		return strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") &&
			!strings.HasPrefix(path, "internal/") && !strings.HasPrefix(path, "tools/")
	}, func(path string) {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, filepath.Join("..", path), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				return !reports(n)
			case *ast.Field:
				return n.Tag == nil
			case ast.Expr:
				text, ok := literal(n)
				for line := range strings.Lines(text) {
					if line = strings.TrimSpace(line); isSentence(line) {
						found = append(found, said{line, path + ":" + strconv.Itoa(set.Position(n.Pos()).Line)})
					}
				}
				return !ok
			default:
				return true
			}
		})
	})
	return found
}

// reports tells whether a call makes an error or a line of the log.
func reports(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	from, _ := f.X.(*ast.Ident)
	return f.Sel.Name == "Errorf" || strings.HasSuffix(f.Sel.Name, "Context") || from != nil && from.Name == "errors" && f.Sel.Name == "New"
}

// literal joins the parts of a text; what is put in is "%s".
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, e.Kind == token.STRING && err == nil
	case *ast.BinaryExpr:
		a, one := literal(e.X)
		b, two := literal(e.Y)
		if !one {
			a = "%s"
		}
		if !two {
			b = "%s"
		}
		return a + b, one || two
	default:
		return "", false
	}
}

// sentencesOfTemplates reads the text between tags and actions.
func sentencesOfTemplates(t *testing.T) (found []said) {
	between := regexp.MustCompile(`(?s)\{\{.*?\}\}|<[^>]*>|\n`)
	files(t, func(path string) bool { return strings.Contains(path, "/templates/") }, func(path string) {
		text, err := os.ReadFile(filepath.Join("..", path))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range between.Split(string(text), -1) {
			if part = strings.TrimSpace(part); isSentence(part) {
				found = append(found, said{part, path})
			}
		}
	})
	return found
}

// files calls do with each wanted file of the module.
func files(t *testing.T, wanted func(path string) bool, do func(path string)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		path = strings.TrimPrefix(path, "../")
		switch {
		case d.IsDir() && path != ".." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && wanted(path):
			do(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
