import AnnonaCommands
import ArgumentParser

AnnonaCommand.main()
