/// `` `feb_28`, `mar_1` ``
func quoted(_ words: [String]) -> String {
  words.map { "`\($0)`" }.joined(separator: ", ")
}

/// The help that offers a name, where one is near.
func meant(_ near: String?) -> String? {
  near.map { "did you mean `\($0)`?" }
}
