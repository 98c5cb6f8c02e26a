// Loaded into a server before its own code: when the process that started it is gone, it stops as if told to.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
