// The streams of all protocols together: what every test of streams goes through.

let fixtures = chatCompletionsFixtures
