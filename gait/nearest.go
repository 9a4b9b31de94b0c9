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
	typed := len(word) - 1 - strings.LastIndexByte(word, '.')
	least := max(1, (typed+1)/3) + 1
	for _, k := range known {
		if n := edits(word, string(k)); n < least {
			best, least = k, n
		}
	}
	return best
}

// edits is the number of letters to put in, take out, change or swap with their
// neighbour to make a into b (the optimal string alignment distance).
func edits(a, b string) int {
	least := make([][]int, len(a)+1) // of the first i letters of a and the first j of b
	for i := range least {
		least[i] = make([]int, len(b)+1)
		for j := range least[i] {
			switch {
			case i == 0 || j == 0:
				least[i][j] = i + j
			case a[i-1] == b[j-1]:
				least[i][j] = least[i-1][j-1]
			default:
				least[i][j] = 1 + min(least[i-1][j-1], least[i-1][j], least[i][j-1])
			}
			if i > 1 && j > 1 && a[i-2] == b[j-1] && a[i-1] == b[j-2] {
				least[i][j] = min(least[i][j], 1+least[i-2][j-2])
			}
		}
	}
	return least[len(a)][len(b)]
}
