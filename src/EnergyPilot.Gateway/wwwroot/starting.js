// The gateway is starting: look again until there is something to see.
setTimeout(() => location.reload(), 5_000);
