import Core

// The cases of a dataset in the fields, and the values that stay while they change. The dataset
// itself is never changed: what is typed over a case's value lives as long as that case is shown.

/// A dataset that is being read.
struct PendingDataset: Hashable, Sendable {
  var number: Int
  /// The case that is to be shown; nil for one whose values are in the fields already.
  var firstCase: Int?
}

extension State {
  /// Asks for a file of cases; where one is open, for a case, too.
  mutating func askForDataset() {
    if prompt.dataset == nil {
      askForDatasetFile()
    } else {
      overlays.append(.picker(casePicker()))
    }
  }

  mutating func askForDatasetFile() {
    overlays.append(
      .line(LineInput(.openDataset, text: prompt.datasetPlace?.path ?? lastDataset ?? "")))
  }

  mutating func openDataset(at path: String) -> [Effect] {
    notice = Notice(.information, "Reading \(path)…")
    return [readDataset(at: path, firstCase: 0)]
  }

  /// Reads the dataset that the draft was left with, whose values are in its fields.
  mutating func resumeDataset() -> [Effect] {
    guard prompt.dataset == nil, let place = prompt.datasetPlace else { return [] }
    return [readDataset(at: place.path, firstCase: nil)]
  }

  private mutating func readDataset(at path: String, firstCase: Int?) -> Effect {
    let number = takeNumber()
    pendingDataset = PendingDataset(number: number, firstCase: firstCase)
    return .readDataset(DatasetReading(number: number, path: path, promptPath: prompt.path))
  }

  mutating func take(_ dataset: Dataset, at path: String, of number: Int) -> [Effect] {
    guard let pending = pendingDataset, pending.number == number else { return [] }
    pendingDataset = nil
    closeLine(for: .openDataset)
    lastDataset = path
    let index = pending.firstCase ?? prompt.datasetPlace?.index ?? 0
    prompt.dataset = dataset
    prompt.datasetPlace = DatasetPlace(path: path, index: min(index, dataset.cases.count - 1))
    guard let firstCase = pending.firstCase else { return settleInTime() }
    let count = dataset.cases.count
    notice = Notice(
      .success,
      count == 1
        ? "One case."
        : "\(Numbers.grouped(count)) cases: M-. and M-, go through them, M-l keeps a value.")
    return show(caseAt: firstCase)
  }

  mutating func datasetFailed(_ number: Int, _ problem: String) {
    guard pendingDataset?.number == number else { return }
    pendingDataset = nil
    notice = Notice(.error, problem)
  }

  mutating func detachDataset() -> [Effect] {
    prompt.detachDataset()
    return settle() + [.schedule(.saveDraft, after: 500)]
  }

  // MARK: One case after the other

  mutating func showCase(by step: Int) -> [Effect] {
    guard let dataset = prompt.dataset, let place = prompt.datasetPlace else {
      notice = Notice(.information, "No dataset is open: M-t opens one.")
      return []
    }
    let index = place.index + step
    guard dataset.cases.indices.contains(index) else {
      notice = Notice(.information, step > 0 ? "This is the last case." : "This is the first case.")
      return []
    }
    return show(caseAt: index)
  }

  mutating func show(caseAt index: Int) -> [Effect] {
    prompt.show(caseAt: index)
    vi?.forgetPlaces()
    return settleInTime() + [.schedule(.saveDraft, after: 500)]
  }

  mutating func lockValue() -> [Effect] {
    guard case .field(let place) = focus, prompt.fields.indices.contains(place) else {
      notice = Notice(.information, "Only a variable's value can be kept: Tab goes to the values.")
      return []
    }
    let name = prompt.fields[place].name
    if prompt.lockedInputs.remove(name) == nil {
      prompt.lockedInputs.insert(name)
      notice = Notice(.information, "'\(name)' stays while cases change.")
    } else {
      notice = Notice(.information, "'\(name)' changes with the cases.")
    }
    return [.schedule(.saveDraft, after: 500)]
  }

  // MARK: The list of cases

  /// A longer list is no use to page through: a case beyond it is gone to by its number.
  private static let mostListed = 2000

  private func casePicker() -> Picker {
    let cases = prompt.dataset?.cases ?? []
    let items =
      cases.prefix(Self.mostListed).enumerated().map { place, item in
        Picker.Item(
          "\(place + 1)  \(item.summary)",
          choice: .datasetCase(place))
      } + [
        Picker.Item("Other file…", detail: "cases of another dataset", choice: .otherDataset),
        Picker.Item("Detach", detail: "the values stay", choice: .noDataset),
      ]
    var picker = Picker(.cases, items: items)
    picker.select(min(prompt.datasetPlace?.index ?? 0, Self.mostListed), height: pickerHeight)
    return picker
  }

  /// The case whose number was typed, wherever else that number stands.
  func typedCase(in picker: Picker) -> Picker.Choice? {
    guard picker.kind == .cases, let number = Int(picker.filter.text),
      let cases = prompt.dataset?.cases, 1...cases.count ~= number
    else { return nil }
    return .datasetCase(number - 1)
  }
}

extension DatasetCase {
  /// How a list shows it: its name, else its values.
  fileprivate var summary: String {
    let text =
      name
      ?? values.members.prefix(4).map { $0.value.string ?? $0.value.text }
      .joined(separator: " · ")
    return String(text.prefix(200))
  }
}
