// Each notebook has an output folder of its own, called as the notebook is.

/// `quickstart` for `Notebooks/quickstart.cladec`. A name that is nothing but dots would be another folder's: it stays
/// whole.
public func notebookName(_ path: String) -> String {
  let file = path.split(separator: "/").last.map(String.init) ?? path
  guard file.hasSuffix(".cladec") else { return file }
  let name = String(file.dropLast(".cladec".count))
  return name.allSatisfy { $0 == "." } ? file : name
}

/// Two notebooks that would write into one folder. Folders that differ in capitals only are one on some systems.
public func notebooksOfOneName(_ paths: [String]) -> (String, String)? {
  var known: [String: String] = [:]
  for path in paths {
    if let other = known.updateValue(path, forKey: notebookName(path).lowercased()) { return (other, path) }
  }
  return nil
}
