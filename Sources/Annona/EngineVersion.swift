/// Which engine decides, and by which definition of the language.
public enum EngineVersion {
  /// Of the sources.
  public static let engine = "0.1.0"
  /// Of what rulebooks mean: it changes whenever an existing rulebook could decide a case otherwise than before.
  public static let semantics = "1"
}
