import Core

// The script that trains with Unsloth, which has no configuration file. A JSON text is a literal of Python,
// so that no name can become code.

extension RecipeText {
  /// https://docs.unsloth.ai
  func unsloth(command: String) -> String {
    func literal(_ json: JSON) -> String { json.text }
    let lora = """
      # LoRA: a small adapter is trained, and the model stays as it is.
      # \(reason(\.rank))
      model = FastLanguageModel.get_peft_model(
          model,
          r=\(plan.rank),
          lora_alpha=\(plan.rank * 2),
          lora_dropout=0,
          target_modules=[
              "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj",
          ],
          use_gradient_checkpointing="unsloth",
          random_state=\(settings.seed),
      )
      """
    let template = settings.template.map {
      """

      from unsloth.chat_templates import get_chat_template

      tokenizer = get_chat_template(tokenizer, chat_template=\(literal(.string($0))))
      """
    }
    let own =
      isDPO
      ? """
          # \(Self.betaReason)
          beta=0.1,
      """
      : """
          # Only answers are learned, not what they answer.
          completion_only_loss=True,
      """
    let trainer = isDPO ? "DPO" : "SFT"
    let files =
      validates
      ? #"{"train": "data/train.jsonl", "validation": "data/validation.jsonl"}"#
      : #"{"train": "data/train.jsonl"}"#
    return """
      # Run in this folder: \(command)
      # It needs unsloth, which brings trl and datasets with it.
      from unsloth import FastLanguageModel\(isDPO ? ", PatchDPOTrainer" : "")
      \(isDPO ? "\nPatchDPOTrainer()\n" : "")
      from datasets import load_dataset
      from trl import \(trainer)Config, \(trainer)Trainer

      # \(reason(\.sequenceLength))
      SEQUENCE_LENGTH = \(plan.sequenceLength)

      model, tokenizer = FastLanguageModel.from_pretrained(
          model_name=\(literal(model)),
          max_seq_length=SEQUENCE_LENGTH,
          load_in_4bit=True,
      )
      \(template ?? "")
      \(lora)

      data = load_dataset("json", data_files=\(files))

      trainer = \(trainer)Trainer(
          model=model,
          processing_class=tokenizer,
          train_dataset=data["train"],
          eval_dataset=data.get("validation"),
          args=\(trainer)Config(
              output_dir=\(literal(output)),
              max_length=SEQUENCE_LENGTH,
      \(own.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
              # \(reason(\.epochs))
              num_train_epochs=\(plan.epochs),
              # \(Self.rateReason)
              learning_rate=\(RecipeConfiguration.decimal(plan.learningRate)),
              lr_scheduler_type="cosine",
              warmup_steps=\(plan.warmup),
              # \(reason(\.accumulation))
              per_device_train_batch_size=\(plan.batch),
              per_device_eval_batch_size=\(plan.batch),
              gradient_accumulation_steps=\(plan.accumulation),
              optim="adamw_8bit",
              eval_strategy="\(validates ? "epoch" : "no")",
              save_strategy="epoch",
              logging_steps=5,
              report_to="none",
              seed=\(settings.seed),
          ),
      )
      trainer.train()
      model.save_pretrained(\(literal(output)))
      tokenizer.save_pretrained(\(literal(output)))

      """
  }
}
