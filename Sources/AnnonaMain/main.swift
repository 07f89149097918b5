import AnnonaCommands

AnnonaCommand.main()
