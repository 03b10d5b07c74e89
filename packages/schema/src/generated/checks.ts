// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

// @ts-nocheck
import { isDateTime } from "./formats.ts";
import type { WorkspaceId, SyncLogId, IngestionPipelineId, KnowledgeGraphId, SyncLogType, SyncLogStatus, SyncLog, ApiError } from "./types.ts";
import { addError, addErrors } from "./validation.ts";
import type { RawValidate } from "./validation.ts";

const formats = {
  "date-time": isDateTime,
};

export const checkWorkspaceId: RawValidate<WorkspaceId> = validate1;
const pattern0 = new RegExp("^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "u");

function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
vErrors = addError(vErrors, {instancePath,keyword:"pattern",params:{pattern: "^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""});
errors++;
}
}
else {
vErrors = addError(vErrors, {instancePath,keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
validate1.errors = vErrors;
return errors === 0;
}

export const checkSyncLogId: RawValidate<SyncLogId> = validate2;
const pattern1 = new RegExp("^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "u");

function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern1.test(data)){
vErrors = addError(vErrors, {instancePath,keyword:"pattern",params:{pattern: "^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""});
errors++;
}
}
else {
vErrors = addError(vErrors, {instancePath,keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
validate2.errors = vErrors;
return errors === 0;
}

export const checkIngestionPipelineId: RawValidate<IngestionPipelineId> = validate3;
const pattern2 = new RegExp("^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "u");

function validate3(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern2.test(data)){
vErrors = addError(vErrors, {instancePath,keyword:"pattern",params:{pattern: "^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""});
errors++;
}
}
else {
vErrors = addError(vErrors, {instancePath,keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
validate3.errors = vErrors;
return errors === 0;
}

export const checkKnowledgeGraphId: RawValidate<KnowledgeGraphId> = validate4;
const pattern3 = new RegExp("^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "u");

function validate4(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern3.test(data)){
vErrors = addError(vErrors, {instancePath,keyword:"pattern",params:{pattern: "^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""});
errors++;
}
}
else {
vErrors = addError(vErrors, {instancePath,keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
validate4.errors = vErrors;
return errors === 0;
}

export const checkSyncLogType: RawValidate<SyncLogType> = validate5;
const schema5 = {"type":"string","enum":["full_sync","live_sync","incremental_sync","manual_sync"]};

function validate5(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = addError(vErrors, {instancePath,keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
if(!((((data === "full_sync") || (data === "live_sync")) || (data === "incremental_sync")) || (data === "manual_sync"))){
vErrors = addError(vErrors, {instancePath,keyword:"enum",params:{allowedValues: schema5.enum},message:"must be equal to one of the allowed values"});
errors++;
}
validate5.errors = vErrors;
return errors === 0;
}

export const checkSyncLogStatus: RawValidate<SyncLogStatus> = validate6;
const schema6 = {"type":"string","enum":["pending","preparing","data_fetching","ingesting","completed","failed","stopped","skipped"]};

function validate6(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = addError(vErrors, {instancePath,keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
if(!((((((((data === "pending") || (data === "preparing")) || (data === "data_fetching")) || (data === "ingesting")) || (data === "completed")) || (data === "failed")) || (data === "stopped")) || (data === "skipped"))){
vErrors = addError(vErrors, {instancePath,keyword:"enum",params:{allowedValues: schema6.enum},message:"must be equal to one of the allowed values"});
errors++;
}
validate6.errors = vErrors;
return errors === 0;
}

export const checkSyncLog: RawValidate<SyncLog> = validate7;
const schema7 = {"type":"object","required":["id","ingestionPipelineId","knowledgeGraphId","workspaceId","type","status","createdAt","updatedAt"],"properties":{"id":{"$ref":"#/$defs/s1"},"ingestionPipelineId":{"$ref":"#/$defs/s2"},"knowledgeGraphId":{"$ref":"#/$defs/s3"},"workspaceId":{"$ref":"#/$defs/s0"},"type":{"$ref":"#/$defs/s4"},"status":{"$ref":"#/$defs/s5"},"startedAt":{"type":["string","null"],"format":"date-time"},"completedAt":{"type":["string","null"],"format":"date-time"},"errorMessage":{"type":["string","null"]},"userFacingErrorMessage":{"type":["string","null"]},"workflowId":{"type":["string","null"]},"workflowRunId":{"type":["string","null"]},"preparationMetadata":{"type":["object","null"],"additionalProperties":{"type":"integer","minimum":0}},"totalRecordsToIngest":{"type":["integer","null"],"minimum":0},"recordsIngested":{"type":["integer","null"],"minimum":0},"preparationCompletedAt":{"type":["string","null"],"format":"date-time"},"minDate":{"type":["string","null"],"format":"date-time"},"manualSyncData":{"type":["object","null"],"additionalProperties":true},"correlationId":{"type":["string","null"],"pattern":"^[0-9a-f]{32}$"},"createdAt":{"type":"string","format":"date-time"},"updatedAt":{"type":"string","format":"date-time"}}};
const pattern8 = new RegExp("^[0-9a-f]{32}$", "u");
const formats0 = formats["date-time"];

function validate7(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
vErrors = addError(vErrors, {instancePath,keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"});
errors++;
}
if(data.ingestionPipelineId === undefined){
vErrors = addError(vErrors, {instancePath,keyword:"required",params:{missingProperty: "ingestionPipelineId"},message:"must have required property '"+"ingestionPipelineId"+"'"});
errors++;
}
if(data.knowledgeGraphId === undefined){
vErrors = addError(vErrors, {instancePath,keyword:"required",params:{missingProperty: "knowledgeGraphId"},message:"must have required property '"+"knowledgeGraphId"+"'"});
errors++;
}
if(data.workspaceId === undefined){
vErrors = addError(vErrors, {instancePath,keyword:"required",params:{missingProperty: "workspaceId"},message:"must have required property '"+"workspaceId"+"'"});
errors++;
}
if(data.type === undefined){
vErrors = addError(vErrors, {instancePath,keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"});
errors++;
}
if(data.status === undefined){
vErrors = addError(vErrors, {instancePath,keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'"});
errors++;
}
if(data.createdAt === undefined){
vErrors = addError(vErrors, {instancePath,keyword:"required",params:{missingProperty: "createdAt"},message:"must have required property '"+"createdAt"+"'"});
errors++;
}
if(data.updatedAt === undefined){
vErrors = addError(vErrors, {instancePath,keyword:"required",params:{missingProperty: "updatedAt"},message:"must have required property '"+"updatedAt"+"'"});
errors++;
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern1.test(data0)){
vErrors = addError(vErrors, {instancePath:instancePath+"/id",keyword:"pattern",params:{pattern: "^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""});
errors++;
}
}
else {
vErrors = addError(vErrors, {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
}
if(data.ingestionPipelineId !== undefined){
let data1 = data.ingestionPipelineId;
if(typeof data1 === "string"){
if(!pattern2.test(data1)){
vErrors = addError(vErrors, {instancePath:instancePath+"/ingestionPipelineId",keyword:"pattern",params:{pattern: "^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^pipe_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""});
errors++;
}
}
else {
vErrors = addError(vErrors, {instancePath:instancePath+"/ingestionPipelineId",keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
}
if(data.knowledgeGraphId !== undefined){
let data2 = data.knowledgeGraphId;
if(typeof data2 === "string"){
if(!pattern3.test(data2)){
vErrors = addError(vErrors, {instancePath:instancePath+"/knowledgeGraphId",keyword:"pattern",params:{pattern: "^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^kg_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""});
errors++;
}
}
else {
vErrors = addError(vErrors, {instancePath:instancePath+"/knowledgeGraphId",keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
}
if(data.workspaceId !== undefined){
let data3 = data.workspaceId;
if(typeof data3 === "string"){
if(!pattern0.test(data3)){
vErrors = addError(vErrors, {instancePath:instancePath+"/workspaceId",keyword:"pattern",params:{pattern: "^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},message:"must match pattern \""+"^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"+"\""});
errors++;
}
}
else {
vErrors = addError(vErrors, {instancePath:instancePath+"/workspaceId",keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
}
if(data.type !== undefined){
let data4 = data.type;
if(typeof data4 !== "string"){
vErrors = addError(vErrors, {instancePath:instancePath+"/type",keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
if(!((((data4 === "full_sync") || (data4 === "live_sync")) || (data4 === "incremental_sync")) || (data4 === "manual_sync"))){
vErrors = addError(vErrors, {instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema5.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
if(data.status !== undefined){
let data5 = data.status;
if(typeof data5 !== "string"){
vErrors = addError(vErrors, {instancePath:instancePath+"/status",keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
if(!((((((((data5 === "pending") || (data5 === "preparing")) || (data5 === "data_fetching")) || (data5 === "ingesting")) || (data5 === "completed")) || (data5 === "failed")) || (data5 === "stopped")) || (data5 === "skipped"))){
vErrors = addError(vErrors, {instancePath:instancePath+"/status",keyword:"enum",params:{allowedValues: schema6.enum},message:"must be equal to one of the allowed values"});
errors++;
}
}
if(data.startedAt !== undefined){
let data6 = data.startedAt;
if((typeof data6 !== "string") && (data6 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/startedAt",keyword:"type",params:{type: schema7.properties.startedAt.type},message:"must be string,null"});
errors++;
}
if(typeof data6 === "string"){
if(!(formats0(data6))){
vErrors = addError(vErrors, {instancePath:instancePath+"/startedAt",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""});
errors++;
}
}
}
if(data.completedAt !== undefined){
let data7 = data.completedAt;
if((typeof data7 !== "string") && (data7 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/completedAt",keyword:"type",params:{type: schema7.properties.completedAt.type},message:"must be string,null"});
errors++;
}
if(typeof data7 === "string"){
if(!(formats0(data7))){
vErrors = addError(vErrors, {instancePath:instancePath+"/completedAt",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""});
errors++;
}
}
}
if(data.errorMessage !== undefined){
let data8 = data.errorMessage;
if((typeof data8 !== "string") && (data8 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/errorMessage",keyword:"type",params:{type: schema7.properties.errorMessage.type},message:"must be string,null"});
errors++;
}
}
if(data.userFacingErrorMessage !== undefined){
let data9 = data.userFacingErrorMessage;
if((typeof data9 !== "string") && (data9 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/userFacingErrorMessage",keyword:"type",params:{type: schema7.properties.userFacingErrorMessage.type},message:"must be string,null"});
errors++;
}
}
if(data.workflowId !== undefined){
let data10 = data.workflowId;
if((typeof data10 !== "string") && (data10 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/workflowId",keyword:"type",params:{type: schema7.properties.workflowId.type},message:"must be string,null"});
errors++;
}
}
if(data.workflowRunId !== undefined){
let data11 = data.workflowRunId;
if((typeof data11 !== "string") && (data11 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/workflowRunId",keyword:"type",params:{type: schema7.properties.workflowRunId.type},message:"must be string,null"});
errors++;
}
}
if(data.preparationMetadata !== undefined){
let data12 = data.preparationMetadata;
if((!(data12 && typeof data12 == "object" && !Array.isArray(data12))) && (data12 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/preparationMetadata",keyword:"type",params:{type: schema7.properties.preparationMetadata.type},message:"must be object,null"});
errors++;
}
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key0 in data12){
let data13 = data12[key0];
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
vErrors = addError(vErrors, {instancePath:instancePath+"/preparationMetadata/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "integer"},message:"must be integer"});
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 0 || isNaN(data13)){
vErrors = addError(vErrors, {instancePath:instancePath+"/preparationMetadata/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"});
errors++;
}
}
}
}
}
if(data.totalRecordsToIngest !== undefined){
let data14 = data.totalRecordsToIngest;
if((!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))) && (data14 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/totalRecordsToIngest",keyword:"type",params:{type: schema7.properties.totalRecordsToIngest.type},message:"must be integer,null"});
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
vErrors = addError(vErrors, {instancePath:instancePath+"/totalRecordsToIngest",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"});
errors++;
}
}
}
if(data.recordsIngested !== undefined){
let data15 = data.recordsIngested;
if((!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))) && (data15 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/recordsIngested",keyword:"type",params:{type: schema7.properties.recordsIngested.type},message:"must be integer,null"});
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
vErrors = addError(vErrors, {instancePath:instancePath+"/recordsIngested",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"});
errors++;
}
}
}
if(data.preparationCompletedAt !== undefined){
let data16 = data.preparationCompletedAt;
if((typeof data16 !== "string") && (data16 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/preparationCompletedAt",keyword:"type",params:{type: schema7.properties.preparationCompletedAt.type},message:"must be string,null"});
errors++;
}
if(typeof data16 === "string"){
if(!(formats0(data16))){
vErrors = addError(vErrors, {instancePath:instancePath+"/preparationCompletedAt",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""});
errors++;
}
}
}
if(data.minDate !== undefined){
let data17 = data.minDate;
if((typeof data17 !== "string") && (data17 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/minDate",keyword:"type",params:{type: schema7.properties.minDate.type},message:"must be string,null"});
errors++;
}
if(typeof data17 === "string"){
if(!(formats0(data17))){
vErrors = addError(vErrors, {instancePath:instancePath+"/minDate",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""});
errors++;
}
}
}
if(data.manualSyncData !== undefined){
let data18 = data.manualSyncData;
if((!(data18 && typeof data18 == "object" && !Array.isArray(data18))) && (data18 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/manualSyncData",keyword:"type",params:{type: schema7.properties.manualSyncData.type},message:"must be object,null"});
errors++;
}
}
if(data.correlationId !== undefined){
let data19 = data.correlationId;
if((typeof data19 !== "string") && (data19 !== null)){
vErrors = addError(vErrors, {instancePath:instancePath+"/correlationId",keyword:"type",params:{type: schema7.properties.correlationId.type},message:"must be string,null"});
errors++;
}
if(typeof data19 === "string"){
if(!pattern8.test(data19)){
vErrors = addError(vErrors, {instancePath:instancePath+"/correlationId",keyword:"pattern",params:{pattern: "^[0-9a-f]{32}$"},message:"must match pattern \""+"^[0-9a-f]{32}$"+"\""});
errors++;
}
}
}
if(data.createdAt !== undefined){
let data20 = data.createdAt;
if(typeof data20 === "string"){
if(!(formats0(data20))){
vErrors = addError(vErrors, {instancePath:instancePath+"/createdAt",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""});
errors++;
}
}
else {
vErrors = addError(vErrors, {instancePath:instancePath+"/createdAt",keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
}
if(data.updatedAt !== undefined){
let data21 = data.updatedAt;
if(typeof data21 === "string"){
if(!(formats0(data21))){
vErrors = addError(vErrors, {instancePath:instancePath+"/updatedAt",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""});
errors++;
}
}
else {
vErrors = addError(vErrors, {instancePath:instancePath+"/updatedAt",keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
}
}
else {
vErrors = addError(vErrors, {instancePath,keyword:"type",params:{type: "object"},message:"must be object"});
errors++;
}
validate7.errors = vErrors;
return errors === 0;
}

export const checkApiError: RawValidate<ApiError> = validate8;

function validate8(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.statusCode === undefined){
vErrors = addError(vErrors, {instancePath,keyword:"required",params:{missingProperty: "statusCode"},message:"must have required property '"+"statusCode"+"'"});
errors++;
}
if(data.message === undefined){
vErrors = addError(vErrors, {instancePath,keyword:"required",params:{missingProperty: "message"},message:"must have required property '"+"message"+"'"});
errors++;
}
if(data.statusCode !== undefined){
let data0 = data.statusCode;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
vErrors = addError(vErrors, {instancePath:instancePath+"/statusCode",keyword:"type",params:{type: "integer"},message:"must be integer"});
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 599 || isNaN(data0)){
vErrors = addError(vErrors, {instancePath:instancePath+"/statusCode",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599"});
errors++;
}
if(data0 < 400 || isNaN(data0)){
vErrors = addError(vErrors, {instancePath:instancePath+"/statusCode",keyword:"minimum",params:{comparison: ">=", limit: 400},message:"must be >= 400"});
errors++;
}
}
}
if(data.message !== undefined){
let data1 = data.message;
const _errs4 = errors;
let valid1 = false;
let passing0 = null;
const _errs5 = errors;
if(typeof data1 !== "string"){
vErrors = addError(vErrors, {instancePath:instancePath+"/message",keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
var _valid0 = _errs5 === errors;
if(_valid0){
valid1 = true;
passing0 = 0;
}
const _errs7 = errors;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(typeof data1[i0] !== "string"){
vErrors = addError(vErrors, {instancePath:instancePath+"/message/" + i0,keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
}
}
else {
vErrors = addError(vErrors, {instancePath:instancePath+"/message",keyword:"type",params:{type: "array"},message:"must be array"});
errors++;
}
var _valid0 = _errs7 === errors;
if(_valid0 && valid1){
valid1 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid1 = true;
passing0 = 1;
}
}
if(!valid1){
vErrors = addError(vErrors, {instancePath:instancePath+"/message",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"});
errors++;
}
else {
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
}
}
if(data.error !== undefined){
if(typeof data.error !== "string"){
vErrors = addError(vErrors, {instancePath:instancePath+"/error",keyword:"type",params:{type: "string"},message:"must be string"});
errors++;
}
}
}
else {
vErrors = addError(vErrors, {instancePath,keyword:"type",params:{type: "object"},message:"must be object"});
errors++;
}
validate8.errors = vErrors;
return errors === 0;
}
