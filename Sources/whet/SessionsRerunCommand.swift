import ArgumentParser
import Core
import Foundation
import Playground
import Runtime
import Sessions

// `whet sessions rerun`: the inputs of an earlier run through another prompt, model or retrieval, and
// what differs from what it answered. The new run is kept as made from the earlier one.

extension SessionsCommand {
  struct Rerun: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rerun",
      abstract: "Run again what was run, with something else, and tell what differs.",
      discussion: """
        What isn't named stays as it was: the prompt's text, its inputs, the model and its parameters, \
        the passages. Exit status: as that of `whet run`.
        """)

    @Argument(help: "The id of a run, or how it begins; of a session, its last run.")
    var id: String

    @Option(help: "Another prompt file.")
    var prompt: String?

    @Option(
      help: ArgumentHelp(
        "Another version of its prompt, by number, name or hash.", valueName: "version"))
    var version: String?

    @Option(name: [.customShort("M"), .long], help: "Another model, as provider/model.")
    var model: String?

    @Option(help: "Search this index for passages, in place of those that it was given.")
    var index: String?

    @OptionGroup(title: "Retrieval") var retrieval: RetrievalOptions
    @OptionGroup(title: "Parameters") var parameters: ParameterOptions

    @Flag(name: .customLong("no-save"), help: "Keep nothing.")
    var keepsNothing = false

    func validate() throws {
      if prompt != nil, version != nil {
        throw ValidationError("--prompt and --version are for one at a time.")
      }
    }

    func run() throws {
      do {
        if try rerun() { throw ExitCode(1) }
      } catch let code as ExitCode {
        throw code
      } catch {
        Console.complain("whet: \(error)")
        throw ExitCode(2)
      }
    }

    /// Tells whether the run failed.
    private func rerun() throws -> Bool {
      let surroundings = try Surroundings()
      let store = try SessionStore(path: surroundings.folders.store)
      let earlier = try store.loadRun(try SessionsCommand.run(id, in: store))
      let source = try promptSource(of: earlier.run, in: store)
      var prompt = try PromptFile(
        parsing: source.text, name: source.name, partials: source.partials)
      prompt.parameters = try parameters.applied(
        to: earlier.run.asked.parameters.over(prompt.parameters))
      let model = try self.model.map(ModelOption.reference) ?? earlier.run.request.model

      var settings = surroundings.settings
      settings.discoversModels = false
      settings.keepsRuns = !keepsNothing
      settings.catalog = surroundings.catalog(of: settings.providers, learnedIn: .success(store))
      let runtime = Runtime(settings: settings, clock: SystemClock(), store: .success(store))
      if !keepsNothing { runtime.perform([.goOn(session: earlier.run.session)]) }
      let run = HeadlessRun(
        host: runtime, prompt: prompt, promptText: source.text,
        promptPath: self.prompt ?? earlier.run.promptPath,
        inputs: earlier.run.inputs,
        passages: index == nil ? earlier.run.request.passages : nil, index: index,
        retrieval: try retrieval.applied(to: surroundings.configuration.retrieval),
        parent: earlier.run.id, catalog: settings.catalog)
      let interruption = Interruption()
      var answers: [Answer] = []
      let failed = try run.start(
        models: [model], interruption: interruption,
        onText: { piece in
          Console.write(piece)
          if Console.isOutputRefused { interruption.interrupt() }
        },
        onBegin: { _ in },
        onEnd: { finished in
          AnswerReport.printRest(of: finished.answer)
          answers.append(finished.answer)
        },
        onNotice: { notice in Console.complain("whet: \(notice.text)") })
      runtime.finish()
      if let answer = answers.last { tellApart(earlier.answer, answer) }
      return failed
    }

    private func promptSource(of run: Run, in store: SessionStore) throws -> PromptSource {
      if let prompt { return try PromptSource(file: prompt) }
      guard let version else { return PromptSource(text: run.promptText, path: run.promptPath) }
      let found = try store.findVersion(
        version, of: run.promptPath ?? Draft.name(ofRun: run))
      return PromptSource(text: found.text, path: run.promptPath)
    }

    private func tellApart(_ old: Answer, _ new: Answer) {
      Console.line("\n── what differs from what it was")
      if old.text == new.text {
        Console.line("nothing")
      } else {
        DifferenceReport.print(from: old.text, to: new.text)
      }
    }
  }
}
