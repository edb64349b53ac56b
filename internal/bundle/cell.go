package bundle

import "strings"

// splitList reads a list of a table: items between |, where \| is a | within an item and \\ is a \.
func splitList(cell string) []string {
	if cell == "" {
		return nil
	}
	var list []string
	var b strings.Builder
	escaped := false
	for _, r := range cell {
		switch {
		case escaped:
			if r != '|' && r != '\\' {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == '|':
			list = append(list, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteRune(r)
		}
	}
	if escaped {
		b.WriteByte('\\')
	}
	return append(list, strings.TrimSpace(b.String()))
}

// joinList is the opposite of splitList.
func joinList(list []string) string {
	escape := strings.NewReplacer(`\`, `\\`, `|`, `\|`)
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = escape.Replace(s)
	}
	return strings.Join(out, "|")
}

// formulaStart are the characters with which spreadsheets begin a formula, and the one that guards
// against it.
const formulaStart = "=+-@\t\r'"

// guardFormula puts an apostrophe before a text that a spreadsheet would run as a formula.
func guardFormula(cell string) string {
	if cell != "" && strings.ContainsRune(formulaStart, rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// unguardFormula is the opposite of guardFormula.
func unguardFormula(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && rest != "" && strings.ContainsRune(formulaStart, rune(rest[0])) {
		return rest
	}
	return cell
}
