package engine

// A Way counts the answers a body gave in a season by one channel.
type Way struct {
	Organisation string // id
	Channel      Channel
	Answers      int
}
