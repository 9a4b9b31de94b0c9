// Package api holds the JSON forms that the command line and the page print: the
// runner's scripts rely on them. A key is never renamed, and what is not known
// is null. It is pure: facts and their sentences go in, structs with tags come out.
package api
