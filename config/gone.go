package config

// gone are the keys that former versions had, each with what stands in its
// place: for one version they are told and ignored.
func gone() map[string]string {
	return map[string]string{
		"analysis.form_limit": "it went, and analysis.ask now counts for the running form too: delete the line",
	}
}
