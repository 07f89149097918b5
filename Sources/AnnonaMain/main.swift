import AnnonaCommands

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// A file that may grow no more is a problem to be reported, not the end of the process.
signal(SIGXFSZ, SIG_IGN)

exit(AnnonaCommand.run(Array(CommandLine.arguments.dropFirst()), on: StandardConsole()))
