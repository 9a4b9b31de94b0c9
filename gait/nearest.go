package gait

import "strings"

// longestMeant is the length of a word beyond which nothing that is known is near.
const longestMeant = 64

// Nearest returns the known word that is probably meant by one that nobody knows: the one
// with the fewest mistakes of typing between them; "" where none is near. Of a key with
// sections, "pain.hihg", the last part tells how many mistakes are few.
func Nearest[S ~string](word string, known []S) S {
	var best S
	if len(word) > longestMeant {
		return best
	}
	least := max(2, len(word[strings.LastIndexByte(word, '.')+1:])/3) + 1
	for _, k := range known {
		if n := edits(word, string(k)); n < least {
			best, least = k, n
		}
	}
	return best
}

// edits is the number of letters to put in, take out or change to make a into b
// (Levenshtein's distance).
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
