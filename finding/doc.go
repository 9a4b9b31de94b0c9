// Package finding holds what is concluded from runs, walks and the runner's word:
// the verdict on a run and of the day, the rules with the facts they found, the
// episodes of trouble, and the questions that remain with the replies to them.
//
// Facts are figures. Package words makes the sentences.
package finding
