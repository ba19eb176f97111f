using EnergyPilot.Gateway.Commands;

return await CommandLine.Run(args);
