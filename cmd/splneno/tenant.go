package main

// tenantCommand is for whoever runs the installation for many municipalities.
type tenantCommand struct {
	Export tenantExportCommand `cmd:"" help:"Write everything of a municipality into a folder, to read and to restore."`
}
