package io.crossfade.site;

/** The page on which visitors book a table. */
record Frontend(String version) implements SiteApp {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Book a table</title>
        <style>
          body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem }
          label, button { display: block; margin: .75rem 0 }
          footer { margin-top: 3rem; opacity: .6 }
        </style>
      </head>
      <body>
        <h1>Book a table</h1>
        <form id="booking">
          <label>Restaurant <select id="restaurant" required></select></label>
          <label>Guests <input id="party" type="number" min="1" max="12" value="2" required></label>
          <button>Book</button>
        </form>
        <p id="answer" role="status"></p>
        <footer>{{version}}</footer>
        <script>
          const choose = document.getElementById('restaurant');
          const say = text => document.getElementById('answer').textContent = text;
          fetch('/api/restaurants').then(r => r.json()).then(list =>
            list.restaurants.forEach(name => choose.add(new Option(name))));
          document.getElementById('booking').addEventListener('submit', async event => {
            event.preventDefault();
            const response = await fetch('/api/orders', {
              method: 'POST',
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify({
                restaurant: choose.value,
                party: Number(document.getElementById('party').value),
                idempotencyKey: Date.now() + '-' + Math.random() }) });
            const answer = await response.json();
            say(response.ok
              ? `Your table is booked: order ${answer.order}, taken by ${answer.version}.`
              : `That did not work: ${answer.error}`);
          });
        </script>
      </body>
      </html>
      """;

  @Override
  public SiteResponse answer(String method, String path, String body) {
    if (!path.equals("/")) {
      return SiteResponse.error(404, "no such page: " + path);
    }
    return method.equals("GET")
        ? SiteResponse.html(PAGE.replace("{{version}}", version))
        : SiteResponse.error(405, method + " is not understood here");
  }
}
