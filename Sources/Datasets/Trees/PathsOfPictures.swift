import Files

/// The folders and archives whose path begins so, as far as one step down: what may become the path of a data set. Folders end
/// with a stroke; what is hidden is there only where its dot was typed.
public func pathsOfPictures(beginning word: String) -> [String] {
  guard !word.isEmpty else { return [] }
  if word == "." || word == ".." { return [word + "/"] }
  let end = word.lastIndex(of: "/").map { word.index(after: $0) } ?? word.startIndex
  let (folder, begun) = (word[..<end], word[end...])
  guard let entries = try? entries(in: folder.isEmpty ? "." : String(folder)) else { return [] }
  return entries.filter { name, isFolder in
    name.hasPrefix(begun) && (begun.hasPrefix(".") || !name.hasPrefix("."))
      // Without a stroke it would be the name of a known data set.
      && (isFolder || !folder.isEmpty && ArchiveTree.endings.contains { name.hasSuffix($0) })
  }.map { folder + $0.name + ($0.isFolder ? "/" : "") }.sorted()
}
