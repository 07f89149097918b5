import AnnonaCommands

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

exit(AnnonaCommand.run(Array(CommandLine.arguments.dropFirst()), on: StandardConsole()))
