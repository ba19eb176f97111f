using EnergyPilot.Gateway.Commands;
using EnergyPilot.Gateway.Hosting;

NativeHeap.LimitArenas();
return await CommandLine.Run(args);
