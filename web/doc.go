// Package web is the page of gaitkeeper: what the runner sees and enters in a
// browser, the same data for programs, and the health check. It shows what it
// is given and decides nothing. It works without JavaScript.
//
// One file holds one part of the page: its handlers, what it needs of the
// daemon (a small interface), and the data of its template. [App] joins the
// interfaces; routes.go lists every address.
package web
