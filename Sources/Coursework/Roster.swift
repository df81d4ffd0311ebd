import Text

/// A list of students, as learning platforms export it: a CSV with a heading for each column.
public struct Roster: Sendable {
  public struct Person: Hashable, Sendable {
    public let id: String
    /// Empty where the list has none.
    public let name: String
    /// All by which the student may be known, without anything but letters and digits.
    fileprivate let keys: Set<String>
  }

  public let people: [Person]

  /// Headings of what tells students apart, the best first.
  private static let ids = [
    "sid", "studentid", "studentnumber", "matriculationnumber", "sisuserid", "idnumber", "username", "sisloginid",
    "loginid", "identifier", "id", "email", "emailaddress",
  ]
  private static let names = ["name", "fullname", "studentname", "student"]

  /// - Throws: what is wrong with it, as a sentence.
  public init(_ text: String) throws(Unreadable) {
    let rows = DelimitedText(text).rows
    guard let header = rows.first?.cells.map(Self.key) else { throw Unreadable(reason: "the list is empty") }
    let columns = { (wanted: [String]) in wanted.compactMap { header.firstIndex(of: $0) } }
    let (ids, names) = (columns(Self.ids), columns(Self.names))
    let parts = columns(["firstname", "givenname"]) + columns(["lastname", "surname", "familyname"])
    guard !(ids + names + parts).isEmpty else {
      throw Unreadable(
        reason: "the first line of the list has no heading that is known, such as id, username, email or name")
    }
    var people: [Person] = []
    for row in rows.dropFirst() {
      let cell = { (column: Int) in column < row.cells.count ? row.cells[column].trimmingBlanks : "" }
      let name = names.map(cell).first { !$0.isEmpty } ?? parts.map(cell).filter { !$0.isEmpty }.joined(separator: " ")
      guard let id = (ids.map(cell) + [name]).first(where: { !$0.isEmpty }) else { continue }
      var keys = Set((ids + names).map(cell).flatMap(Self.keys) + Self.keys(name))
      keys.remove("")
      people.append(Person(id: id, name: name == id ? "" : name, keys: keys))
    }
    self.people = people
  }

  /// Why a list cannot be used.
  public struct Unreadable: Error, Hashable, Sendable {
    public let reason: String
  }

  /// Those who are known by any of some marks: by the first that anybody is known by.
  func people(known marks: [String]) -> [Int] {
    for mark in marks {
      let keys = Set(Self.keys(mark))
      let found = people.indices.filter { !people[$0].keys.isDisjoint(with: keys) }
      if !found.isEmpty { return found }
    }
    return []
  }

  private static func key(_ text: some StringProtocol) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// A name both ways round, a number without what stands before it, an address without its host.
  private static func keys(_ text: String) -> [String] {
    let words = text.split { $0.isWhitespace || $0 == "," }
    let number = text.hasPrefix("Participant ") ? [key(text.dropFirst(12))] : []
    let host = text.contains("@") ? [key(text.prefix { $0 != "@" })] : []
    let plain = key(text)
    let short = plain.allSatisfy(\.isNumber) ? [String(plain.drop { $0 == "0" })] : []
    return ([plain, words.reversed().map { key($0) }.joined()] + number + host + short).filter { !$0.isEmpty }
  }
}
