package web

func (f fakeApp) ChannelNames() []string { return nil }
