package czech

// Erased stands in the records where a person stood who asked to be taken out.
const Erased = "(vymazáno)"
