// Package country invents a country to measure with: towns, their plans, the
// bodies that are asked, and what these answer. Everything follows from a seed
// alone; nobody and nothing in it exists.
//
// The package must not know the database, the office or the clock. Its Czech
// stands in words.json. Start reading at [New].
package country
