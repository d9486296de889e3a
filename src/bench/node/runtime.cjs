// Asks Lambda's Runtime API for work, as AWS's own client for Node.js does, with Node.js alone.
const http = require("node:http");

const { handler } = require(process.argv[2]);
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

const request = (method, path, body) =>
  new Promise((resolve, reject) => {
    const options = { agent, host, port, method, path: `/2018-06-01/runtime/${path}` };
    const sent = http.request(options, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    sent.on("error", reject);
    sent.end(body);
  });

const main = async () => {
  for (;;) {
    const event = await request("GET", "invocation/next");
    const id = event.headers["lambda-runtime-aws-request-id"];
    try {
      const answer = await handler(JSON.parse(event.body));
      await request("POST", `invocation/${id}/response`, JSON.stringify(answer));
    } catch (error) {
      const answer = { errorType: error.name, errorMessage: error.message };
      await request("POST", `invocation/${id}/error`, JSON.stringify(answer));
    }
  }
};

main();
