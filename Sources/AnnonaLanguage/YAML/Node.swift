/// What YAML or JSON text says, before anyone asks what it means: every scalar is the author's own text, every node has its place.
public struct Node: Sendable {
  public indirect enum Content: Sendable {
    case scalar(Scalar)
    case mapping([Entry])
    case sequence([Node])
  }

  /// A key and its value, in the order written; keys are unique within a mapping.
  public struct Entry: Sendable {
    public let key: Scalar
    public let keySpan: Span
    public let value: Node

    public init(key: Scalar, keySpan: Span, value: Node) {
      self.key = key
      self.keySpan = keySpan
      self.value = value
    }
  }

  public let content: Content
  public let span: Span

  public init(_ content: Content, span: Span) {
    self.content = content
    self.span = span
  }
}

/// The text of one scalar and where each of its bytes stands in the file.
public struct Scalar: Sendable {
  /// How it was written; only a plain scalar may be a number, a date, `null` or a state word.
  public enum Style: Sendable {
    case plain
    case quoted
    case block
  }

  /// From this offset of `text` (UTF-8) on, the text stands at that offset of the file.
  public struct Segment: Sendable {
    public let text: Int32
    public let file: Int32

    public init(text: Int32, file: Int32) {
      self.text = text
      self.file = file
    }
  }

  public let text: String
  public let style: Style
  /// Ascending by `text`, the first with `text` 0: one for a plain scalar on one line, one a line in a block.
  public let segments: [Segment]

  /// Whether ` #` stands right behind it: an ordinary note after a number, perhaps a cut after a text.
  public let isFollowedByComment: Bool

  public init(
    text: String, style: Style, segments: [Segment], isFollowedByComment: Bool = false
  ) {
    self.text = text
    self.style = style
    self.segments = segments
    self.isFollowedByComment = isFollowedByComment
  }

  /// The file's byte offset of a byte of `text`; one outside the text counts as its nearest end.
  public func fileOffset(of offset: Int) -> Int32 {
    let offset = Int32(clamping: min(max(offset, 0), text.utf8.count))
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].text <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return segments.first?.file ?? 0 }
    return segments[low - 1].file + (offset - segments[low - 1].text)
  }
}
