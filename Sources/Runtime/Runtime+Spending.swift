import Completion
import Core
import Playground

// Budgets and what is learned from bills: runs are counted before they are sent, and each of their
// tries; what they were billed tells how their models' servers count tokens.

extension Runtime {
  /// Counts what a run may cost before it is sent.
  func admit(
    _ plan: RunPlan, to provider: Provider?, profile: ModelProfile
  ) throws(BudgetRefusal) {
    let bound = try spending.admit(
      plan.number, request: plan.request, to: provider, profile: profile)
    guard let bound, bound > .zero else { return }
    do throws(BudgetRefusal) {
      try reserve(bound, for: plan.number, of: plan.request.model)
    } catch {
      spending.withdraw(plan.number)
      throw error
    }
  }

  /// Runs that aren't kept belong to no session.
  private func reserve(
    _ amount: Money, for number: Int, of model: ModelReference
  ) throws(BudgetRefusal) {
    guard settings.keepsRuns else { return }
    try recorder.reserve(amount, for: number, of: model, limit: settings.budget.session)
  }

  /// Counts the next try of a run before it is sent; one that could cross a limit is not made.
  func retry(_ number: Int) {
    do throws(BudgetRefusal) {
      let spent = try spending.retry(number)
      if spent > .zero, let model = recordings[number]?.request.model {
        try reserve(spent, for: number, of: model)
      }
    } catch {
      client.stop(number, as: .failed("There is no further try. \(error)"))
    }
  }

  /// Learns from a prompt how its model's server counts tokens.
  func learn(from recording: Recording) {
    let model = recording.request.model
    guard catalog.learn(from: recording.answer, to: recording.request) else { return }
    recorder.keep(catalog.tokenRatio(of: model), of: model)
    mailbox.post(.catalogChanged(catalog))
  }
}
